import new_names
import old_names

print("a title has", new_names.attached_and_detached(), "characters")
print("numbers:", new_names.objects_and_casts(["one", 2, None, 3]))
print("one degree more:", new_names.to_and_from(20))
print("in the dict:", new_names.once_for_all_threads())
print("x:", new_names.a_class_by_value(new_names.Named(7)))
print("old names that PyO3 knows no more:", old_names.are_gone(object()))
