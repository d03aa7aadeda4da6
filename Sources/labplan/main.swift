print("labplan")
