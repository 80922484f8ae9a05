"""From the ledger to the mail server and back: add people, claim, send, mark."""
