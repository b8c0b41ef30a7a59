"""What is published: resource pages, the document library, practices and plans, campaigns."""
