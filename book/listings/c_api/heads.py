from head import look

spine = ["sewn", "glued"]
before, kind = look(spine)
also = spine
shelf = (spine, spine)
after, kind = look(spine)
print(kind, "has", after - before, "references more")
