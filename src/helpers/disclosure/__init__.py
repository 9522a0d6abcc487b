"""Disclosure control: from counts to published shares, and the audit that attacks them."""
