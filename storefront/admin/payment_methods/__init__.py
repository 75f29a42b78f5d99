"""The payment methods: registering, changing, ordering, publishing."""
