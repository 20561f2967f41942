"""Recordarle a cada quien lo que espera por él en la biblioteca."""

from datetime import date

from django.utils import timezone

from contenidos.avisos import correo_de_lo_que_espera
from contenidos.consultas.edicion import lo_que_se_le_recuerda, quienes_editan
from trabajos.horas_habiles import es_dia_habil


def recordar_lo_que_espera(hoy: date | None = None) -> int:
    """Un correo por semana a quien tenga algo, el primer día hábil. Repetirlo no repite correos."""
    hoy = hoy or timezone.localdate()
    if not es_dia_habil(hoy):
        return 0
    enviados = 0
    for persona in quienes_editan().filter(es_demostracion=False):
        if esperan := lo_que_se_le_recuerda(persona):
            correo_de_lo_que_espera(persona, esperan, hoy).send()
            enviados += 1
    return enviados
