"""The addresses of the room of accounts. Who may open what stands at each view."""

from flask import Blueprint

from hub.accounts.account_views import account_list, account_new, account_page
from hub.accounts.sign_in_views import lock, password, sign_in, sign_out

accounts = Blueprint("accounts", __name__)

accounts.add_url_rule("/sign-in", view_func=sign_in, methods=["GET", "POST"])
accounts.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])
accounts.add_url_rule("/lock", view_func=lock, methods=["POST"])
accounts.add_url_rule("/password", view_func=password, methods=["GET", "POST"])
accounts.add_url_rule("/accounts", view_func=account_list)
accounts.add_url_rule("/accounts/new", view_func=account_new, methods=["GET", "POST"])
accounts.add_url_rule("/accounts/<int:account_id>", view_func=account_page, methods=["GET", "POST"])
