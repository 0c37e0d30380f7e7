"""`make run`: from a data folder to a serving tracker, in the order in which things need each other."""

from collections.abc import Mapping

from backend.local.folder import DataFolder, data_folder
from backend.local.net import require_free
from backend.local.options import Options
from backend.local.servers import servers
from backend.local.signals import StopRequest, StopRequests
from backend.local.site import serve, site_environment
from backend.local.supervisor import Supervisor, show


def run(variables: Mapping[str, str]) -> None:
    """Serve until a signal says to stop; raise LauncherError when something goes wrong."""
    options = Options.read(variables)
    require_free(options.port)
    requests = StopRequests()
    requests.listen()
    try:
        with data_folder(options.data) as folder, Supervisor(requests, (folder.lock,)) as supervisor:
            _run(supervisor, variables, options, folder)
    except StopRequest:
        show("", "stopped")


def _run(supervisor: Supervisor, variables: Mapping[str, str], options: Options, folder: DataFolder) -> None:
    with servers(supervisor, options, folder) as addresses:
        serve(supervisor, options, {**variables, **addresses, **site_environment(variables, options, folder)})
