"""What other machines and other people's pages read: embed, oEmbed, files for the lesson, reports.

No package below knows it. Without its line in INSTALLED_APPS and its line in the addresses the site still runs.
"""
