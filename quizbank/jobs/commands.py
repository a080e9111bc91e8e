"""Background work from the terminal: more workers, web and worker together, the list of jobs, starting one again."""

import click
from flask import current_app
from flask.cli import AppGroup

from quizbank.db import db, utc_now
from quizbank.jobs.context import StopSwitch
from quizbank.jobs.operations import retry_job
from quizbank.jobs.queries import latest_jobs
from quizbank.jobs.rules import STATES, JobUnchanged
from quizbank.jobs.supervisor import is_free, serve, web_command, worker_command
from quizbank.jobs.worker import stop_on_signals, work_forever
from quizbank.settings import WeakSecretKey, require_strong_secret_key

jobs_commands = AppGroup("jobs", help="Background work.")


@jobs_commands.command("work")
def work() -> None:
    """Run jobs until stopped; as many workers as you like may run at once."""
    stop = StopSwitch()
    stop_on_signals(stop)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    work_forever(app, app.extensions["job_handlers"], stop=stop, daily=app.extensions["daily_jobs"])


@jobs_commands.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the setting PORT.")
def serve_together(host: str, port: int | None) -> None:
    """Run the web server and one worker, and start whichever dies again."""
    port = port or int(current_app.config["PORT"])
    try:
        require_strong_secret_key(current_app.config["SECRET_KEY"])
    except WeakSecretKey as error:
        raise click.ClickException(str(error)) from error
    if not is_free(host, port):
        raise click.ClickException(f"Port {port} of {host} is in use; choose another with --port.")
    serve({"web": web_command(host, port), "worker": worker_command()}, current_app.root_path)


@jobs_commands.command("list")
@click.option("--state", type=click.Choice(list(STATES)), help="Only jobs in this state.")
@click.option("--limit", default=50, show_default=True)
def list_jobs(state: str | None, limit: int) -> None:
    """List jobs, newest first."""
    for job, person in latest_jobs(state, limit):
        counted = f"{job.done}/{'?' if job.total is None else job.total}"
        words = job.refusal or job.error or ""
        click.echo(f"{job.id}\t{job.kind}\t{job.state}\t{counted}\ttries {job.tries}\t{person or '-'}\t{words}")


@jobs_commands.command("retry")
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Start a failed or cancelled job again."""
    try:
        retry_job(job_id, utc_now())
    except JobUnchanged as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"Job {job_id} starts again.")
