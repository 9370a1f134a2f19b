import moments

for moment, attached in moments.moments():
    print(f"{moment:22}", "attached" if attached else "detached")
