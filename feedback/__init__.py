"""feedback: a review desk for serial fiction."""
