"""Statements repeated by the thousand, or that a crowd waits for: prepared once, with time for other work meanwhile.

What psycopg does around a small statement costs more than the statement, and waits for its answer with idle hands.
"""

import re
from functools import lru_cache
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import debug_transaction
from psycopg import OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.waiting import wait

MOST = 100  # statements that one connection keeps; what comes later is planned each time
LISTEN = 0.1  # seconds of sleep in one piece; where none is said, psycopg polls without a pause
PLACE = re.compile(r"%\((\w+)\)s|%%")
_kept = WeakKeyDictionary()


def rows(sql, values, meanwhile=None):
    """The rows of a statement with named places; `meanwhile` is called while the database works, and asks it nothing."""
    return found(sql, values, meanwhile)[1]


def found(sql, values, meanwhile=None):
    """The same with the names of the columns, (names, rows)."""
    (answer,) = together((sql, values), meanwhile=meanwhile)
    return answer


def together(*asked, meanwhile=None):
    """(Names, rows) of each of several (statement, values) that take one way to the database, in this order.

    Each sees what those before it did, and what others committed until its own turn. Tests that count what is asked
    count one way.
    """
    if not asked:
        return []
    # Itself: each word with it through Django's proxy would take as long as reading an answer.
    database = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()  # of a connection that was kept from the request before
    if database.connection is None:
        database.ensure_connection()
    line = database.connection
    if line not in _kept:
        _kept[line] = Statements(line)
    # As psycopg does with the first statement that goes through it.
    begins = not line.autocommit and line.pgconn.transaction_status == TransactionStatus.IDLE
    with database.wrap_database_errors, debug_transaction(database, "; ".join(sql for sql, _values in asked)):
        _kept[line].send(asked, begins=begins)
        try:
            if meanwhile is not None:
                meanwhile()
        finally:
            answers = _kept[line].receive(len(asked) + begins)
    return answers[begins:]


class Statements:
    """Those that are prepared on one connection, by their text and the types of their values."""

    def __init__(self, line):
        # The adapters alone: whoever held the connection would keep it in memory for ever.
        self.server, self.transformer, self.names = line.pgconn, Transformer(line.adapters), {}

    def send(self, asked, *, begins):
        """Let the database begin."""
        dumped = [self._dumped(sql, values) for sql, values in asked]
        self.server.enter_pipeline_mode()
        if begins:
            self.server.send_query_params(b"BEGIN", None)
        for name, text, values, types in dumped:
            if name:
                self.server.send_query_prepared(name, values)
            else:
                self.server.send_query_params(text, values, types)
        self.server.pipeline_sync()

    def receive(self, count):
        """Wait for (the names of the columns, the rows as tuples) of so many; whatever else is said is heard too."""
        # Other threads go on meanwhile: one of them may hold the lock that this one waits for.
        try:
            results = wait(self._answers(count), self.server.socket, LISTEN)
        except BaseException:
            self.server.finish()  # nobody would read the answers that are still to come
            raise
        try:
            return [self._read(_checked(result)) for result in results]
        finally:
            self.server.exit_pipeline_mode()

    def _answers(self, count):
        yield from send(self.server)
        answers = []
        for _ in range(count):
            results = yield from fetch_many(self.server)
            answers.append(results[0] if results else None)
        end = yield from fetch_many(self.server)
        if end and end[0].status == ExecStatus.FATAL_ERROR:
            answers += end  # what is only checked at the end, as by a deferred constraint
            yield from fetch_many(self.server)
        return answers

    def _read(self, result):
        self.transformer.set_pgresult(result)
        names = tuple(result.fname(number).decode() for number in range(result.nfields))
        return names, self.transformer.load_rows(0, result.ntuples, tuple)

    def _dumped(self, sql, values):
        """(Name, text, values, types) of a statement, as the database wants them."""
        text, places = _numbered(sql)
        values = [values[place] for place in places]
        dumped = self.transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
        types = self.transformer.types or ()
        return self._name(text, types), text, dumped, types

    def _name(self, text, types):
        """Under which name the database knows the statement, from now on if it is new; None where it knows enough."""
        if (text, types) not in self.names and len(self.names) < MOST:
            name = f"portal{len(self.names)}".encode()
            _checked(self.server.prepare(name, text, types))
            self.names[text, types] = name
        return self.names.get((text, types))


def _checked(result):
    if result is None:
        raise OperationalError("the connection is lost")
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise error_from_result(result)
    return result


@lru_cache(maxsize=500)
def _numbered(sql):
    """The statement with numbers for its named places, as the database wants them, and what stands in each."""
    places = []

    def number(place):
        if place[0] == "%%":
            return "%"
        if place[1] not in places:
            places.append(place[1])
        return f"${places.index(place[1]) + 1}"

    return PLACE.sub(number, sql).encode(), places
