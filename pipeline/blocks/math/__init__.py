"""Mathematics, however a page writes it, as TeX: elements, delimiters in text, and formulas said twice."""
