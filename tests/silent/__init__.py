"""Right pages, damaged one thing at a time: how many records are wrong with nothing told?"""
