"""Sentences of Wagtail and Django that our catalogues say instead of theirs.

What people meet around their account comes from upstream, which lacks many sentences in some languages and is formal
in others, while this site is informal in all. A catalogue in ``locale/`` comes before upstream's, so a sentence listed
here is ours to translate, everywhere Wagtail uses it, in its scripts too. English stays as it is. Nothing imports this
module: it is here for ``make messages`` to read, and a test holds that upstream still says each sentence.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy as ngettext

# Signing in and out of the admin, and being refused there.
SIGN_IN = [
    _("Sign in to Wagtail"),
    _("Sign in"),
    # Translators: the placeholder is "username" below, here and in the sentences about it.
    _("Enter your %(username_field_name)s"),
    _("Enter password"),
    _("username"),
    _("Password"),
    _("Forgotten password?"),
    _("Remember me"),
    _("Signing in…"),
    _("Your %(username_field)s and password didn't match. Please try again."),
    _("You do not have permission to access the admin."),
    _("Sorry, you do not have permission to access this area."),
    _("You have been successfully logged out."),
]

# Asking for a new password, the mail, and what its link opens.
PASSWORD_RESET = [
    _("Reset password"),
    _("Reset your password"),
    _("Enter your email address to reset your password"),
    _("Enter a valid email address."),
    _("Check your email"),
    _("A link to reset your password has been emailed to you if an account exists for this address."),
    _("Password reset"),
    _("Please follow the link below to reset your password:"),
    _("Your username (in case you've forgotten):"),
    _("Set your new password"),
    _("New password"),
    _("New password confirmation"),
    _("Enter the same password as before, for verification."),
    _("Password change successful"),
    _("Login"),
    _("Invalid password reset link"),
    _("The password reset link was invalid, possibly because it has already been used."),
    _("Request a new password reset"),
]

# What a new password must be, and what is wrong with one; the last but two name the fields in an error.
PASSWORD_RULES = [
    _("Your password can’t be too similar to your other personal information."),
    ngettext(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        2,
    ),
    _("Your password can’t be a commonly used password."),
    _("The two password fields didn’t match."),
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        2,
    ),
    _("This password is too common."),
    # Translators: verbose_name is "username", "email address", "first name" or "last name".
    _("The password is too similar to the %(verbose_name)s."),
    _("email address"),
    _("Your old password was entered incorrectly. Please enter it again."),
]

# The account page.
ACCOUNT = [
    _("Account"),
    _("Profile"),
    _("Notifications"),
    _("Name and Email"),
    _("Upload a profile picture:"),
    _("Profile picture"),
    _("Use server language: %(language_name)s"),
    _("Use server time zone"),
    # Translators: language and time zone of the admin.
    _("Locale"),
    _("Theme preferences"),
    _("admin theme"),
    # Translators: the colours that the computer or phone has.
    _("System default"),
    _("Light"),
    _("Dark"),
    _("contrast"),
    _("More contrast"),
    # Translators: how close things stand: "Default" or "Snug".
    _("density"),
    _("Default"),
    _("Snug"),
    _("Enable custom keyboard shortcuts specific to Wagtail."),
    _("Old password"),
    _("submitted notifications"),
    _("Receive notification when a page is submitted for moderation"),
    _("approved notifications"),
    _("Receive notification when your page edit is approved"),
    _("rejected notifications"),
    _("Receive notification when your page edit is rejected"),
    _("updated comments notifications"),
    _(
        "Receive notification when comments have been created, resolved, or deleted on a page that you have "
        "subscribed to receive comment notifications on"
    ),
    # Translators: the row with the Save button.
    _("Actions (footer)"),
    _("Save"),
    _("Saving…"),
    _("Save your changes before leaving"),
    _("You have <span>unsaved edits</span>"),
    _("Your account settings have been changed successfully!"),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    ngettext(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        2,
    ),
]

# Public pages behind a password or for signed-in people only.
PAGE_LOCKS = [
    _("Password required"),
    _("You need a password to access this page."),
    _("The password you have entered is not correct. Please try again."),
    _("Log in"),
    _("Your username and password didn't match. Please try again."),
    _("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
    _("Your account doesn't have access to this page. To proceed, please log in with an account that has access."),
]

# Around every page of the admin: menu, dialogs, the first page after signing in, addresses that do not exist.
ADMIN_FRAME = [
    _("Skip to main content"),
    _(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are the <a "
        'href="https://www.enable-javascript.com/" target="_blank" rel="noreferrer">instructions how to '
        "enable JavaScript in your web browser</a>."
    ),
    _("Sidebar"),
    _("Toggle sidebar"),
    _("Search…"),
    _("Locked pages"),
    _("Workflows"),
    _("Workflow tasks"),
    _("Site history"),
    _("Aging pages"),
    _("Page types usage"),
    _("Help"),
    _("Editor Guide"),
    _("Shortcuts"),
    _("What's new in Wagtail %(version)s"),
    _("Wagtail %(current_version)s editor guide"),
    _("Edit account avatar"),
    _("Toggle breadcrumbs"),
    _("Breadcrumb"),
    _("Toggle section"),
    _("Close dialog"),
    _("Go to the first error"),
    ngettext(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
        2,
    ),
    ngettext(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
        2,
    ),
    ngettext(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
        2,
    ),
    _("Search all pages…"),
    _("Error 404: Page not found"),
    _("Error 404"),
    _("The requested page could not be found."),
    _("Go to Wagtail admin"),
]

# The list of keyboard shortcuts, which every page of the admin carries.
KEYBOARD_SHORTCUTS = [
    _("Keyboard shortcuts"),
    _("All keyboard shortcuts"),
    _("Show keyboard shortcuts"),
    _("Keyboard shortcut"),
    # Translators: account_link is "account" below as a link: give it the form this sentence needs.
    _("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    _("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    _("account"),
    # Translators: head of the column that says where a shortcut works; "Application" is everywhere.
    _("Section"),
    _("Application"),
    _("Close modal dialogs (like this one)"),
    _("Save changes"),
    # Translators: a small picture of the whole page beside the form.
    _("Toggle minimap"),
    _("Add or show comments"),
    _("Text editing"),
    _("Cut"),
    _("Paste"),
    # Translators: "Cut", "Paste", "Undo" and "Redo" are what the keys do.
    _("Paste without formatting"),
    _("Undo"),
    _("Redo"),
    _("Insert or edit a link"),
    _("Text formatting"),
    _("Bold"),
    _("Italic"),
    _("Monospace (code)"),
    _("Strike-through"),
    _("Superscript"),
    _("Subscript"),
]

# What Wagtail's scripts say: menu, editor, comments, automatic saving.
SCRIPTS = [
    _("A network error occurred."),
    _("A server error occurred."),
    _("Autosave in progress…"),
    _("Changes have been autosaved."),
    _("Complex"),
    _("Fair"),
    _("Good"),
    _("(%(number)s new items in this menu)"),
    _("(1 new item in this menu)"),
    _("(New)"),
    ngettext("%(num)s error", "%(num)s errors", 2),
    ngettext("%(num)s min", "%(num)s mins", 2),
    ngettext("%(num)s pixel", "%(num)s pixels", 2),
    _("%(time_zone_option)s: %(localized_time_zone_label)s"),
    _("Alt text"),
    _("Blocks"),
    _("Character count:"),
    _("Collapse all"),
    _("Decorative image"),
    _("Deleting"),
    _("Enter your comments..."),
    _("Enter your reply..."),
    _("Error while sending preview data."),
    _("Expand all"),
    _("Insert a block"),
    _("Page explorer"),
    _("Pin toolbar"),
    _("Unpin toolbar"),
    _("Report this error to your website administrator with the following information:"),
    _("Search options…"),
    _("Split block"),
    _("Toggle side panel"),
    _("Write something or type ‘/’ to insert a block"),
    _("Add a comment"),
    _("Are you sure?"),
    _("Delete error"),
    _("Focus comment"),
    _("Unfocus comment"),
    _("Reply"),
    _("Resolve"),
    _("Save error"),
    _("No"),
    _("Settings"),
]
