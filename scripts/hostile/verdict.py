"""The bounds that every answer keeps, and what a case's answer does wrong."""

import json
import re
from dataclasses import dataclass, field

from .cases import Expected

CPU_SECONDS = 2.0
MEMORY = 256 << 20
MEMORY_FOR_LARGE_BODIES = 512 << 20
LARGE_BODY = 1 << 20
ANSWER = 4 << 20
SHORT_ANSWER = 64 << 10
ECHOED = 64
HEALTH_SECONDS = 0.05

LIMIT_WORDS = re.compile(
    r"at most|limit|maximum|up to|fewer|too (many|large|long|deep|big)"
    r"|(more|longer|larger|deeper) than", re.I)


@dataclass
class Measure:
    """What a case cost the service."""

    case: object
    answers: list
    began: float
    ended: float
    cpu: float = 0.0
    peak: int = 0
    settled: bool = True
    alive: bool = True
    skipped: str = ""
    health: float = 0.0
    growth: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def size(self):
        return max((answer.size for answer in self.answers), default=0)

    @property
    def status(self):
        return self.answers[0].status if self.answers else None


def judge(measure, operation):
    """Every bound that the case breaks, in words."""
    case = measure.case
    found = []
    if not measure.alive:
        found.append("the service died")
    if measure.cpu > CPU_SECONDS * case.copies:
        found.append(f"{measure.cpu:.1f} s of CPU, not {CPU_SECONDS * case.copies:g}")
    body = len(case.request.body or b"")
    bound = MEMORY_FOR_LARGE_BODIES if body * case.copies > LARGE_BODY else MEMORY
    if measure.peak > bound:
        found.append(f"{measure.peak >> 20} MB of memory, not {bound >> 20}")
    if case.growth is not None and measure.growth > case.growth:
        found.append(f"the database grew by {measure.growth >> 20} MB, not {case.growth >> 20}")
    if not measure.settled:
        found.append("works on after the answer")
    for answer in measure.answers:
        found += [fault for fault in _faults_of(case, answer, operation) if fault not in found]
    return found


def _faults_of(case, answer, operation):
    if answer.status is None:
        if answer.ended == "left" or case.request.leaves_after is not None:
            return []
        return [f"no answer ({answer.ended or 'the connection was closed'})"]
    found = []
    longest = SHORT_ANSWER if case.short and answer.status >= 400 else ANSWER
    if answer.size > longest and not (case.streams and answer.status < 400):
        found.append(f"an answer of {answer.size >> 10} KB, not {longest >> 10}")
    if case.short and answer.status >= 400 and _echoes(case.request, answer.body):
        found.append(f"repeats more than {ECHOED} characters of the request")
    if answer.status >= 500:
        found += _faults_of_failure(answer, operation)
    elif answer.status >= 400:
        found += _faults_of_refusal(case, answer)
    elif case.expected in (Expected.REFUSED, Expected.LIMITED):
        found.append(f"{answer.status} to what is refused: {case.expected.value}")
    return found


def _faults_of_failure(answer, operation):
    problem = answer.problem() or {}
    if answer.status == 503 and problem.get("code") == "overloaded" and operation.may_be_overloaded:
        return []
    return [f"{answer.status} {problem.get('code', '')}: {problem.get('detail', '')[:100]}"]


def _faults_of_refusal(case, answer):
    problem = answer.problem()
    if problem is None or "code" not in problem:
        return [f"{answer.status} without a problem document"]
    said = _said(problem)
    if case.expected is Expected.ACCEPTED:
        return [f"{answer.status} to what every limit lets in: {said[:100]}"]
    names_limit = LIMIT_WORDS.search(said) and re.search(r"\d", said)
    judged = case.expected in (Expected.EITHER, Expected.LIMITED)
    if judged and answer.status in (413, 422) and not names_limit:
        return [f"{answer.status} that names no limit: {said[:100]}"]
    return []


def _said(problem):
    details = [each.get("detail", "") for each in problem.get("errors", [])[:20]]
    return " ".join([problem.get("detail", ""), *details])


def _echoes(request, body):
    """Whether the answer has a run of the request's own text that is too long."""
    texts = [request.path, *(value for _, value in request.headers)]
    try:
        said = json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        said = body.decode("utf-8", "replace")
    for text in texts:
        for start in range(0, max(0, len(text) - ECHOED), 16):
            piece = text[start:start + ECHOED + 1]
            if len(piece) > ECHOED and piece in said:
                return True
    return False
