"""The storage of one process: LangGraph's checkpoints and our list of conversations on one connection."""

from contextlib import closing

from agent.settings import Settings
from agent.storage import Storage, Thread


def test_every_statement_runs_under_the_lock_of_the_saver(tmp_path) -> None:
    """Whoever used the connection without it could begin, commit or roll back in the middle of a checkpoint."""
    with closing(Storage(Settings(home=tmp_path))) as storage:
        saver, unguarded, seen = storage.checkpointer, [], []
        saver.conn.set_trace_callback(lambda statement: (seen if saver.lock.locked() else unguarded).append(statement))
        storage.save(Thread(id="t", title="Motor claims"))
        assert storage.exists("t") and storage.thread("t").title == "Motor claims" and len(storage.threads()) == 1
        storage.delete("t")
        saver.conn.set_trace_callback(None)
    assert unguarded == []
    assert any("INSERT INTO threads" in statement for statement in seen) and any("wal_checkpoint" in statement for statement in seen)
