"""The stages: each reads the parts of the stage before it and writes its own, knowing nothing of its neighbours."""
