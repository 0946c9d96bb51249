"""Which pictures are on a stored PDF: it goes with the first of them that is deleted."""

from django.db import models


class PrintedPicture(models.Model):
    pdf = models.ForeignKey("generations.Asset", on_delete=models.CASCADE, related_name="printed")
    render = models.ForeignKey("generations.Render", on_delete=models.CASCADE, related_name="printed")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pdf", "render"], name="printed_picture_once"),)

    def __str__(self) -> str:
        return f"picture {self.render_id} on {self.pdf_id}"
