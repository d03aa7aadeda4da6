"""A labplan service of one's own: its process, and what Linux says of its time and memory."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Service:
    """`labplan serve` on a free port and a database in `folder`."""

    def __init__(self, labplan, folder, options=()):
        self.labplan = str(labplan)
        self.folder = Path(folder)
        self.options = list(options)
        self.database = self.folder / "labs.sqlite"
        self.process = None
        self.port = 0

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        log = open(self.folder / "log", "ab")
        command = [self.labplan, "serve", "--port", "0", "--database", str(self.database),
                   "--log-level", "warning", *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        log.close()
        line = self.process.stdout.readline().decode()
        found = re.search(r":(\d+)\s*$", line)
        if not found:
            raise SystemExit(f"labplan did not start; its log is {self.folder / 'log'}")
        self.port = int(found.group(1))

    def stop(self, seconds=15):
        """Ends it by SIGTERM; returns how long that took, or None where it had to be killed."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
            return time.monotonic() - began
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def alive(self):
        return self.process is not None and self.process.poll() is None

    def limits(self):
        """The defaults of flags such as `--max-vms`, by what follows `--max-`."""
        said = subprocess.run([self.labplan, "serve", "--help"], capture_output=True, text=True,
                              check=True).stdout
        flags = re.findall(r"--max-(\S+) <(?:(?!--max-).)*?\(default:\s+(\d+)\)", said, re.S)
        return {name: int(number) for name, number in flags}

    def save(self, template):
        """Keeps a copy of the database of a service that was stopped."""
        shutil.copyfile(self.database, template)

    def begin_with(self, template):
        """Puts a copy back, in the place of whatever the database was."""
        for path in self.folder.glob("labs.sqlite*"):
            path.unlink()
        if Path(template).exists():
            shutil.copyfile(template, self.database)

    def cpu(self):
        """Seconds of CPU that the process has taken; 0 once it is gone."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        except OSError:
            return 0.0
        fields = stat.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stored(self):
        """Bytes of the database and its write-ahead log."""
        return sum(path.stat().st_size for path in self.folder.glob("labs.sqlite*"))

    def forget_peak(self):
        try:
            Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        except OSError:
            pass

    def memory(self, field="VmRSS"):
        """Bytes resident, or with VmHWM the most since `forget_peak`."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0
        found = re.search(rf"^{field}:\s+(\d+) kB", status, re.M)
        return int(found.group(1)) * 1024 if found else 0

    def settle(self, seconds):
        """Waits until the process rests; False where it still works after so many seconds.

        Its threads are looked at, not its time: on a busy machine one that works may get none.
        """
        deadline = time.monotonic() + seconds
        rested = 0
        while time.monotonic() < deadline:
            time.sleep(0.01)
            rested = 0 if self._works() else rested + 1
            if rested == 2:
                return True
        return False

    def _works(self):
        """Whether a thread runs, waits for its turn on a core, or waits for the disk."""
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/stat"):
            try:
                if path.read_text().rsplit(")", 1)[1].split()[0] in ("R", "D"):
                    return True
            except OSError:
                pass
        return False
