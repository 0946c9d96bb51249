"""The two kinds of store: a folder, and a bucket that speaks S3. Which one is the operator's choice, by settings alone."""
