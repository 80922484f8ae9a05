"""Five invented organisations, modelled on what real Swedish policies hold."""

from example_site.demo.policies import auditoriet, kollegiet, lindvik, nordlunda, ripstigen

STORIES = (auditoriet.STORY, nordlunda.STORY, ripstigen.STORY, lindvik.STORY, kollegiet.STORY)
