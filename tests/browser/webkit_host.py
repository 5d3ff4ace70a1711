#!/usr/bin/python3
"""A WebKitGTK browser for the tests: one window under automation, with a profile on disk.

The browser that comes with the driver keeps nothing under automation; here data must outlive a kill.
"""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

options = dict(argument[2:].split("=", 1) for argument in sys.argv[1:] if argument.startswith("--") and "=" in argument)
profile = options["profile"]
manager = WebKit2.WebsiteDataManager(base_data_directory=profile + "/data", base_cache_directory=profile + "/cache")
context = WebKit2.WebContext(website_data_manager=manager)
context.set_automation_allowed(True)


def on_download(_context, download):
    def decide(download, name):
        download.set_destination("file://" + os.path.join(options["downloads"], name))
        return True

    download.connect("decide-destination", decide)


def on_automation(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("AsesmenHost")
    info.set_version(1, 0, 0)
    session.set_application_info(info)

    def create(_session):
        view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
        window = Gtk.Window()
        window.set_default_size(1280, 900)
        window.add(view)
        window.show_all()
        return view

    session.connect("create-web-view", create)


context.connect("download-started", on_download)
context.connect("automation-started", on_automation)
Gtk.main()
