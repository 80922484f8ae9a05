"""The structure of five real policies, built from blocks. The texts themselves are no part of this repository."""
