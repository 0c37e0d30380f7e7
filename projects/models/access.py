"""Who may write through the API: tokens, what they have proposed, and answers kept for repeated requests."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from projects.choices import TokenScope
from projects.models.base import Stamped, append_only, never_deleted, touched, trackers
from projects.models.place import Jurisdiction
from projects.querysets import code_prefix

PREFIX = "dxp_"
# Characters of a token that are kept to tell it from others, the prefix included.
_SHOWN = 12
# The last use is written down once in so long, so that reading does not mean writing.
_USE_EVERY = timedelta(minutes=1)
# For so long a repeated request gets the first one's answer.
KEY_LIFETIME = timedelta(hours=24)


def digest_of(secret: str) -> str:
    """Return what is stored of a token: with 256 random bits, one round of SHA-256 cannot be undone by guessing."""
    return sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self, at: datetime) -> "ApiTokenQuerySet":
        """Keep tokens that are neither revoked nor expired at a moment."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True)

    def find(self, secret: str, at: datetime) -> "ApiToken | None":
        """Return the valid token with this secret, if there is one."""
        if not secret.startswith(PREFIX):
            return None
        return self.valid(at).filter(digest=digest_of(secret)).first()


@pghistory.track(*trackers(unless_only=("last_used_at",)), exclude=["digest"])
class ApiToken(Stamped):
    """What lets a department's or newsroom's own system propose evidence. The secret itself is not kept."""

    name = models.CharField(_("用途"), max_length=120)
    holder = models.CharField(_("持有者"), max_length=120)
    scopes = ArrayField(models.CharField(max_length=30, choices=TokenScope), verbose_name=_("权限"), default=list)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("只限于该政府及其下级")
    )
    prefix = models.CharField(_("令牌开头"), max_length=_SHOWN, editable=False)
    digest = models.CharField(_("令牌的 SHA-256"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("有效期至"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("创建人"),
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = pgettext_lazy("plural", "接口令牌")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=TokenScope.values) & ~Q(scopes=[]), name="token_has_known_scopes"
            ),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="token_is_kept_as_digest"),
        ]
        triggers = [never_deleted(), *touched(unless_only=("last_used_at",))]

    def __str__(self) -> str:
        return gettext("%(holder)s：%(name)s（%(prefix)s…）") % {
            "holder": self.holder,
            "name": self.name,
            "prefix": self.prefix,
        }

    def renew(self) -> str:
        """Give the token a new secret and return it, the only time that it is seen; call save() afterwards."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.prefix, self.digest = secret[:_SHOWN], digest_of(secret)
        return secret

    def is_valid(self, at: datetime) -> bool:
        """Say whether the token opens anything at a moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)

    def reaches(self, jurisdiction: str) -> bool:
        """Say whether the token may write about a government: its own, one below it, or any without a limit."""
        return self.jurisdiction_id is None or jurisdiction.startswith(code_prefix(self.jurisdiction_id))

    def used(self, at: datetime) -> None:
        """Write down that the token was used, to the minute."""
        if self.last_used_at is None or at - self.last_used_at >= _USE_EVERY:
            ApiToken.objects.filter(pk=self.pk).update(last_used_at=at)


class Proposal(models.Model):
    """Which token proposed a piece of evidence, and when."""

    evidence = models.OneToOneField(
        "projects.Evidence", models.PROTECT, primary_key=True, related_name="proposal", verbose_name=_("证据")
    )
    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="proposals", verbose_name=_("接口令牌"))
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("经接口提出的证据")
        verbose_name_plural = pgettext_lazy("plural", "经接口提出的证据")
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.token)


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    """Kept answers."""

    def kept(self, at: datetime) -> "IdempotencyKeyQuerySet":
        """Keep those whose time is not up at a moment."""
        return self.filter(created_at__gt=at - KEY_LIFETIME)

    def purge(self, at: datetime) -> int:
        """Delete those whose time is up at a moment; return how many. Safe to repeat."""
        deleted, _tables = self.filter(created_at__lte=at - KEY_LIFETIME).delete()
        return deleted


class IdempotencyKey(models.Model):
    """The answer to a request that its sender may repeat: who repeats it gets the same answer again."""

    # Thrown away after a day anyhow.
    may_be_truncated = True

    token = models.ForeignKey(ApiToken, models.PROTECT, db_index=False, related_name="+", verbose_name=_("接口令牌"))
    key = models.CharField(_("键"), max_length=255)
    digest = models.CharField(_("请求的 SHA-256"), max_length=64)
    location = models.CharField(_("地址"), max_length=200)
    answer = models.BinaryField(_("回答"))
    created_at = models.DateTimeField(_("创建时间"))

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("幂等键")
        verbose_name_plural = _("幂等键")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_is_used_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_keys_to_purge")]

    def __str__(self) -> str:
        return self.key
