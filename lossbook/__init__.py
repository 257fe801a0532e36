"""Loss functions that can prove what they say."""
