"""The provider Yamato: credit, codes and payment after delivery by クロネコ代金後払いサービス, and
its simulator."""
