"""Nothing is lost: verifying, repairing, rebuilding, backups."""
