"""The shop as two services beside each other, so that either can die alone."""

import signal
import subprocess

from storefront.app import serve
from storefront.config.settings import Settings
from tests.proofs.shop import RunningShop

WEB_PROCESSES = 2


class Services(RunningShop):
    """Web and worker, each started alone on a database that is there."""

    worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.start_worker()
        self.process = self.launch(self.commands()[0])
        self.wait_for(self.process)

    def start_worker(self) -> None:
        self.worker = self.launch(self.commands()[1])

    def kill_worker(self) -> None:
        self._end_worker(signal.SIGKILL)

    def stop_worker(self) -> None:
        self._end_worker(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        self._end_worker(how)
        super()._end(how)

    def _end_worker(self, how: signal.Signals) -> None:
        if self.worker and self.worker.poll() is None:
            self.worker.send_signal(how)
            self.worker.wait(15)
        self.worker = None

    def commands(self) -> list[list[str]]:
        settings = Settings(storefront_env="demo", instance=self.folder, port=self.port)
        return serve.commands(settings, WEB_PROCESSES)
