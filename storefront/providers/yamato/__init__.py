"""Pay after delivery with Kuroneko: the protocol of クロネコ代金後払いサービス."""
