"""What this owner sells: one tea by hand, the rest of the contract's goods as a file."""

HEADER = "商品コード,商品名,カテゴリー,消費税率,公開状態,SKU,選択肢1,選択肢1の値,価格(税込),在庫"
ROWS = (
    "yunomi,萩焼の湯呑,tea,10,公開,yunomi,,,3300,100",
    "indigo-tote,藍染トート,tea,10,公開,indigo-tote-s,サイズ,S,4400,10",
    "indigo-tote,藍染トート,tea,10,公開,indigo-tote-m,サイズ,M,4400,10",
    "indigo-tote,藍染トート,tea,10,公開,indigo-tote-l,サイズ,L,4400,0",
    "furoshiki,風呂敷,tea,10,公開,furoshiki-a,柄,麻の葉,2200,10",
    "furoshiki,風呂敷,tea,10,公開,furoshiki-b,柄,青海波,2200,10",
    "kyusu,常滑の急須,tea,10,公開,kyusu,,,6600,0",
    "matcha-bowl,抹茶碗(一点もの),tea,10,公開,matcha-bowl,,,8800,1",
)
FILE = "\r\n".join((HEADER, *ROWS, "")).encode("cp932")
