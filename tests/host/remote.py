#!/usr/bin/python3
"""The system's Python loads sito_remote.so, and it behaves in a host: threads fetch at once, each on its
connection; conn.interrupt() ends a fetch; nothing keeps a connection from closing; TLS with a named CA."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BUILD, FIXTURES, SOURCE = os.environ["BUILD"], os.environ["FIXTURES"], os.environ["SOURCE"]


def connect():
    db = sqlite3.connect(":memory:", check_same_thread=False)
    db.enable_load_extension(True)
    db.load_extension(os.path.join(BUILD, "sito_remote"))
    db.enable_load_extension(False)
    return db


class Remote(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="sito-host-")
        subprocess.run(["sh", os.path.join(SOURCE, "tests", "http", "certificates.sh"), cls.folder], check=True)
        ready, cls.log = os.path.join(cls.folder, "ready"), os.path.join(cls.folder, "log")
        cls.server = subprocess.Popen(
            [os.path.join(BUILD, "tests", "http-server"), "--root", os.path.join(FIXTURES, "http"),
             "--root", cls.folder,
             "--log", cls.log, "--ready", ready, "--seconds", "60",
             "--tls", "good=%s/good.pem,%s/good.key" % (cls.folder, cls.folder)])
        for _ in range(500):
            if os.path.exists(ready):
                break
            time.sleep(0.01)
        with open(ready, encoding="ascii") as file:
            cls.ports = dict(line.strip().split("=") for line in file)

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()
        cls.server.wait()
        shutil.rmtree(cls.folder)

    def create(self, db, url, more=""):
        db.execute("CREATE VIRTUAL TABLE temp.t USING remote(url='%s', format='csv', allow_private='yes', "
                   "cache='%s/pamiec', attempts=1 %s)" % (url, self.folder, more))

    def url(self, path):
        return "http://127.0.0.1:%s/%s" % (self.ports["HTTP"], path)

    def requests(self, path):
        with open(self.log, encoding="utf-8") as log:
            return sum(line.startswith("GET /%s " % path) for line in log)

    def test_threads_fetch_one_url_once(self):
        rows, start = [], threading.Barrier(8)

        def read():
            db = connect()
            start.wait()
            self.create(db, self.url("many"), ", max_age='1d'")
            rows.append(db.execute("SELECT group_concat(nazwa) FROM t").fetchone())
            db.close()

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(rows, [("Bolesławiec,Łódź",)] * 8)
        self.assertEqual(self.requests("many"), 1)

    def test_interrupt_ends_a_fetch(self):
        db = connect()
        timer = threading.Timer(0.3, db.interrupt)
        before = time.monotonic()
        timer.start()
        with self.assertRaises(sqlite3.OperationalError):
            self.create(db, self.url("silent"))
        self.assertLess(time.monotonic() - before, 2)
        self.create(db, self.url("whole"))
        self.assertEqual(db.execute("SELECT count(*) FROM t").fetchone(), (2,))
        db.close()

    def test_memory_does_not_grow_with_the_file(self):
        """64 MB fetched, kept and scanned within the 48 MB that are allowed for 240 MB."""
        line = b"020101;Boleslawiec;12,50;zgloszenie bez uwag\n"
        with open(os.path.join(self.folder, "duzy.csv"), "wb") as file:
            file.write(b"kod;gmina;kwota;opis\n")
            for _ in range(64):
                file.write(line * (1000000 // len(line)))
        table = ("CREATE VIRTUAL TABLE temp.t USING remote(url='%s', allow_private='yes', cache='%s/duza')"
                 % (self.url("duzy.csv"), self.folder))
        shell = subprocess.Popen(["sqlite3", "-init", "/dev/null", "-batch", "-bail", ":memory:",
                                  ".load " + os.path.join(BUILD, "sito_remote"), table,
                                  "SELECT count(*) FROM t WHERE kwota = '12,50'"], stdout=subprocess.PIPE)
        rows = shell.stdout.read()
        shell.stdout.close()
        _, status, usage = os.wait4(shell.pid, 0)
        shell.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((shell.returncode, int(rows)), (0, 64 * (1000000 // len(line))))
        self.assertLess(usage.ru_maxrss, 48 * 1024)

    def test_tls_with_a_named_ca(self):
        db = connect()
        url = "https://127.0.0.1:%s/whole" % self.ports["TLS_good"]
        with self.assertRaisesRegex(sqlite3.OperationalError, "cannot be trusted"):
            self.create(db, url)
        self.create(db, url, ", ca_file='%s/ca.pem'" % self.folder)
        self.assertEqual(db.execute("SELECT count(*) FROM t").fetchone(), (2,))
        db.close()


if __name__ == "__main__":
    if not hasattr(sqlite3.Connection, "load_extension"):
        print("skipped: this Python loads no extensions")
        sys.exit(77)
    unittest.main()
