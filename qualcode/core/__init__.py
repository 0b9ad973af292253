"""Types and rules that everything else stands on; standard library only, pure."""
