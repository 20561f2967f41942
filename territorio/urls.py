from django.urls import path

from territorio import views

app_name = "territorio"

urlpatterns = [
    path("secretarias/", views.entidades, name="entidades"),
    path("secretarias/csv/", views.entidades_csv, name="entidades-csv"),
]
