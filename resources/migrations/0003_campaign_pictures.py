import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_outcomes_by_newest")]

    operations = [
        migrations.CreateModel(
            name="CampaignPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("digest", models.CharField(max_length=64)),
                ("not_before", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="resources.campaign",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("made_at__isnull", True)),
                        fields=["not_before"],
                        name="campaignpicture_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "language"), name="campaignpicture_is_one_per_language"
                    )
                ],
            },
        ),
    ]
