"""What Yamato's pay-later service costs the shop."""
