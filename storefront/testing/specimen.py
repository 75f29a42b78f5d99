"""The specimen customer: whoever orders in a test and is nobody in particular."""

NAME = "山田 太郎"
HONOURED = f"{NAME} 様"
EMAIL = "taro@example.com"
PHONE = "090-0000-0000"  # its code is 1234, and arrives at once
POSTAL_CODE = "100-0005"
PREFECTURE, CITY, STREET = "東京都", "千代田区", "丸の内2-7-2"
BUILDING = "さくらマンション101"
