"""Rival (b): a ModelViewSet with a ModelSerializer, django-filter and page numbers."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import include, path
from django.utils import timezone
from rest_framework import routers, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from projects.models import Commitment, Evidence, Source


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["id", "kind", "title", "publisher", "url", "published_on", "retrieved_on"]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    source = SourceSerializer()  # type: ignore[assignment]  # a serializer's own attribute has this name

    class Meta:
        model = Evidence
        fields = ["id", "source", "speaker", "verdict", "as_of", "reported_value", "note"]


class CommitmentSerializer(serializers.ModelSerializer[Commitment]):
    """The fields of a list."""

    overdue = serializers.SerializerMethodField()
    due_state = serializers.SerializerMethodField()
    light = serializers.CharField(read_only=True)
    days_late = serializers.IntegerField(read_only=True)

    class Meta:
        model = Commitment
        exclude = ["seeded", "rules", "review_state", "report_state", "is_public", "status_evidence_state"]

    def get_overdue(self, commitment: Commitment) -> bool:
        """Ask the model."""
        return commitment.is_overdue(timezone.localdate())

    def get_due_state(self, commitment: Commitment) -> str:
        """Ask the model."""
        return str(commitment.due_state(timezone.localdate()).value)


class DetailSerializer(CommitmentSerializer):
    evidence = EvidenceSerializer(many=True)


class CommitmentViewSet(viewsets.ModelViewSet[Commitment]):
    """The list and its rows."""

    serializer_class = CommitmentSerializer
    filterset_fields = ["category", "year", "status", "jurisdiction"]
    search_fields = ["title", "quote"]

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return the public commitments, narrowed to the overdue ones on demand."""
        rows = Commitment.objects.published().order_by("-id")
        return rows.overdue(timezone.localdate()) if self.request.query_params.get("overdue") else rows

    def get_serializer_class(self) -> type[CommitmentSerializer]:
        return DetailSerializer if self.action == "retrieve" else CommitmentSerializer


class StatsView(APIView):
    """Counts by category, status and year."""

    def get(self, _request: Request) -> Response:
        """Count live."""
        rows = Commitment.objects.published()
        body: dict[str, Any] = {
            name: list(rows.values(name).annotate(count=Count("id")).order_by(name))
            for name in ("category", "status", "year")
        }
        return Response(body)


router = routers.SimpleRouter()
router.register("commitments", CommitmentViewSet, basename="commitment")
urlpatterns = [path("api/v1/stats/", StatsView.as_view()), path("api/v1/", include(router.urls))]
