"""From somebody's words to statements: what was said about which item, with the exact quote."""
