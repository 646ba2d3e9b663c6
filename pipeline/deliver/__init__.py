"""Reports -> files and mail. The only room that writes or sends."""
