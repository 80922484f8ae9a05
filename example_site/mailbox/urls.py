from django.urls import path

from example_site.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.mail, name="mail"),
    path("<int:pk>/html/", views.html, name="html"),
]
