"""What each address of the site asks for. An address that is not here fails the test.

The rights of the roles are those of ``home.access.roles.ROLES``, the actions on clips those of ``CLIP_ADMIN_ACTIONS``.
"""

from home.access.clip_policy import CLIP_ADMIN_ACTIONS
from home.access.roles import ROLES, Rights
from home.models import ArchiveRole, CityRole

# The people of ``World.people`` by what they may do, and where: in their city, or everywhere.
RIGHTS = {
    "contributor": ROLES[CityRole.Role.CONTRIBUTOR],
    "editor": ROLES[CityRole.Role.EDITOR],
    "archive_editor": ROLES[ArchiveRole.Role.ARCHIVE_EDITOR],
    "translator": ROLES[ArchiveRole.Role.TRANSLATOR],
    # The groups that Wagtail brings: rights on pages, pictures and documents of all, none on clips.
    "page_editor": Rights(
        ("add", "change", "publish", "lock", "unlock"),
        ("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image",
         "wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    ),
}  # fmt: skip
OF_ONE_CITY = {"contributor", "editor"}
# Where it makes a difference to ask.
PLACES_OF = {
    "stranger": ("own",), "nobody": ("own",), "contributor": ("own", "foreign", "foreign draft", "none"),
    "editor": ("own", "foreign", "foreign draft", "none"), "archive_editor": ("foreign", "none"),
    "translator": ("foreign",), "page_editor": ("foreign", "none"), "administrator": ("foreign",),
}  # fmt: skip

# What an action asks for, of Wagtail's rights: any of these. The pages of the test are live, and others made them.
PAGE_RIGHTS = {
    "see": {"add", "change", "publish", "lock", "unlock"}, "delete": {"change"}, "change_whole": {"change"},
}  # fmt: skip
# What "change" means to a translator ends before these: texts of one language, and nothing else.
NOT_FOR_TRANSLATORS = {"page:delete", "page:change_whole"}
THING_RIGHTS = {"any": {"add", "choose", "change"}, "delete": {"change"}}

# By what they ask for. ":" separates the thing from the action; without an action, of any such thing anywhere.
RULES = {
    "anybody": """
        wagtailadmin_login wagtailadmin_password_reset wagtailadmin_password_reset_done wagtailadmin_logout
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete wagtailadmin_javascript_catalog
        wagtailadmin_sprite wagtailcore_login root health robots sitemap wagtail_serve""",
    # Without an object, or the right question, these answer 400 or 404 to everybody, or say that nothing waits there.
    "nobody": """
        wagtailadmin_api:pages:action wagtailadmin_api:pages:find wagtailadmin_api:documents:find
        wagtailadmin_api:images:find
        wagtailadmin_block_preview wagtailadmin_error_test clip_chooser:create wagtailsnippets:index
        wagtailsnippetchoosers_home_theme:create wagtailsnippetchoosers_home_person:create
        wagtailsnippetchoosers_home_fundingprogramme:create wagtailadmin_pages:convert_alias
        wagtailadmin_pages:workflow_preview wagtailadmin_pages:workflow_history_detail wagtailimages:url_generator
        wagtailimages:url_generator_output wagtailsettings:edit wagtailsettings:preview_on_edit
        wagtailcore_authenticate_with_password wagtaildocs_authenticate_with_password oembed oembed_in
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete_upload_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_upload_multiple
        ^media/.*$ ^embed/.*$ ^documents/[0-9].*$ admin/^.*/$
        clip_redirect embed clip_use clip_qr lesson_files transcript transcript_text
        report upload wagtailredirects:process_import""",
    "admin": """
        wagtailadmin_home wagtailadmin_account admin/test404/ wagtailadmin_dismissibles wagtailadmin_tag_autocomplete
        wagtailadmin_tag_model_autocomplete wagtailadmin_api:pages:listing wagtailadmin_api:documents:listing
        wagtailadmin_api:images:listing wagtailadmin_choose_page wagtailadmin_choose_page_child
        wagtailadmin_choose_page_search wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
        wagtailadmin_editing_sessions:release wagtailadmin_workflows:task_chooser
        wagtailadmin_workflows:task_chooser_results wagtailadmin_workflows:task_chosen
        wagtailadmin_workflows:task_chooser_create wagtailadmin_reports:site_history
        wagtailadmin_reports:site_history_results wagtailembeds:chooser wagtailembeds:chooser_upload
        wagtailsnippetchoosers_home_theme:choose wagtailsnippetchoosers_home_theme:choose_results
        wagtailsnippetchoosers_home_theme:chosen wagtailsnippetchoosers_home_theme:chosen_multiple
        wagtailsnippetchoosers_home_person:choose wagtailsnippetchoosers_home_person:choose_results
        wagtailsnippetchoosers_home_person:chosen wagtailsnippetchoosers_home_person:chosen_multiple
        wagtailsnippetchoosers_home_fundingprogramme:choose wagtailsnippetchoosers_home_fundingprogramme:choose_results
        wagtailsnippetchoosers_home_fundingprogramme:chosen
        wagtailsnippetchoosers_home_fundingprogramme:chosen_multiple
        wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen_multiple
        wagtailimages_chooser:choose wagtailimages_chooser:choose_results wagtailimages_chooser:chosen_multiple
        clips:help clips:help_code clip_chooser:choose clip_chooser:choose_results
        clip_chooser:chosen_multiple wagtailadmin_pages:choose_parent""",
    "administrator": """
        wagtailadmin_collections:add wagtailadmin_collections:edit wagtailadmin_collections:delete
        wagtailadmin_collections:index wagtailadmin_collections:set_privacy wagtailadmin_workflows:add
        wagtailadmin_workflows:edit wagtailadmin_workflows:add_task wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:disable wagtailadmin_workflows:disable_task wagtailadmin_workflows:enable
        wagtailadmin_workflows:enable_task wagtailadmin_workflows:remove wagtailadmin_workflows:index
        wagtailadmin_workflows:index_results wagtailadmin_workflows:usage wagtailadmin_workflows:usage_results
        wagtailadmin_workflows:task_index wagtailadmin_workflows:task_index_results
        wagtailadmin_workflows:select_task_type wagtailredirects:add wagtailredirects:edit wagtailredirects:delete
        wagtailredirects:index wagtailredirects:index_results wagtailredirects:start_import
        wagtailsites:add wagtailsites:edit wagtailsites:copy wagtailsites:delete
        wagtailsites:index wagtailsites:index_results wagtailsites:history wagtailsites:history_results
        wagtailsites:usage wagtailusers_users:add wagtailusers_users:edit wagtailusers_users:copy
        wagtailusers_users:delete wagtailusers_users:index wagtailusers_users:index_results wagtailusers_users:history
        wagtailusers_users:history_results wagtailusers_users:usage wagtailusers_groups:add wagtailusers_groups:edit
        wagtailusers_groups:delete wagtailusers_groups:index wagtailusers_groups:index_results
        wagtailusers_groups:history wagtailusers_groups:history_results wagtailusers_groups:usage
        bulk:auth.user:delete bulk:auth.user:assign_role bulk:auth.user:set_active_state
        wagtailsnippets_home_fundingprogramme:add wagtailsnippets_home_fundingprogramme:delete
        bulk:home.fundingprogramme:delete wagtailsnippets_home_theme:delete bulk:home.theme:delete""",
    "site:home.change_fundingprogramme": """
        wagtailsnippets_home_fundingprogramme:edit wagtailsnippets_home_fundingprogramme:list
        wagtailsnippets_home_fundingprogramme:list_results wagtailsnippets_home_fundingprogramme:usage
        wagtailsnippets_home_fundingprogramme:history wagtailsnippets_home_fundingprogramme:history_results""",
    "site:home.view_theme": "wagtailsnippets_home_theme:list wagtailsnippets_home_theme:list_results",
    "site:home.add_theme": "wagtailsnippets_home_theme:add",
    "site:home.change_theme": """
        wagtailsnippets_home_theme:edit wagtailsnippets_home_theme:usage wagtailsnippets_home_theme:history
        wagtailsnippets_home_theme:history_results""",
    "site:home.add_person": "wagtailsnippets_home_person:add",
    "site:home.delete_person": "wagtailsnippets_home_person:delete bulk:home.person:delete",
    "site:home.change_person": """
        wagtailsnippets_home_person:edit wagtailsnippets_home_person:list wagtailsnippets_home_person:list_results
        wagtailsnippets_home_person:usage wagtailsnippets_home_person:history
        wagtailsnippets_home_person:history_results""",
    "page": """
        wagtailadmin_explore_root wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results wagtailadmin_reports:workflow
        wagtailadmin_reports:workflow_results wagtailadmin_reports:workflow_tasks
        wagtailadmin_reports:workflow_tasks_results wagtailadmin_reports:aging_pages
        wagtailadmin_reports:aging_pages_results""",
    "all pages": "wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results",
    "page unlock": "wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results",
    "page:see": """
        wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_api:pages:detail
        wagtailadmin_pages:workflow_action wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:revisions_index""",
    "page:add": "wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage",
    "page:change": """
        page_edit wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:usage
        wagtailadmin_pages:view_draft wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:workflow_history wagtailadmin_pages:history
        wagtailadmin_pages:history_results wagtailadmin_editing_sessions:ping""",
    "page:change_whole": "page_revert wagtailadmin_pages:revisions_revert wagtailadmin_pages:copy",
    "page:publish": """
        wagtailadmin_pages:unpublish wagtailadmin_pages:revisions_unschedule wagtailadmin_pages:set_privacy
        wagtailadmin_pages:set_page_position bulk:wagtailcore.page:publish
        bulk:wagtailcore.page:unpublish""",
    "page:delete": """
        wagtailadmin_pages:delete wagtailadmin_pages:move wagtailadmin_pages:move_confirm
        bulk:wagtailcore.page:delete bulk:wagtailcore.page:move""",
    "page:lock": "wagtailadmin_pages:lock",
    "page:unlock": "wagtailadmin_pages:unlock",
    "image": "wagtailimages:index wagtailimages:index_results",
    "image add": "wagtailimages:add wagtailimages:add_multiple wagtailimages_chooser:create",
    "image:any": """
        wagtailadmin_api:images:detail wagtailimages_chooser:chosen wagtailimages_chooser:select_format""",
    "image:change": """
        wagtailimages:edit wagtailimages:edit_multiple wagtailimages:preview wagtailimages:image_usage
        bulk:home.picture:add_tags bulk:home.picture:add_to_collection""",
    "image:delete": "wagtailimages:delete wagtailimages:delete_multiple bulk:home.picture:delete",
    "document": "wagtaildocs:index wagtaildocs:index_results",
    "document add": "wagtaildocs:add wagtaildocs:add_multiple wagtaildocs_chooser:create",
    # No page of the test uses the documents: they are for those who work with them.
    "document:any": "wagtailadmin_api:documents:detail wagtaildocs_chooser:chosen document wagtaildocs_serve",
    "document:change": """
        wagtaildocs:edit wagtaildocs:edit_multiple wagtaildocs:document_usage bulk:wagtaildocs.document:add_tags
        bulk:wagtaildocs.document:add_to_collection""",
    "document:delete": "wagtaildocs:delete wagtaildocs:delete_multiple bulk:wagtaildocs.document:delete",
    "clip": "clips:index clips:index_results clips:progress",
    "clip add": "clips:add",
    "clip:change": "clips:inspect clips:history clips:history_results clips:usage clip_chooser:chosen",
    # The clips of the test have no page: they are seen by those who work on them.
    "clip:view": """
        media_playlist media_subtitles media_captions media_storyboard media_poster media_download media_file""",
}


def rules() -> dict[str, str]:
    """What an address asks for, by its name."""
    found = {name: rule for rule, names in RULES.items() for name in names.split()}
    return found | {f"clips:{name}": f"clip:{action.permission}" for name, action in CLIP_ADMIN_ACTIONS.items()}


def is_allowed(rule: str, role: str, place: str) -> bool:
    """Whether somebody in ``role`` may do what ``rule`` says with the things of ``place``."""
    if rule in ("anybody", "nobody") or role in ("stranger", "nobody"):
        return rule == "anybody"
    if role == "administrator" or rule in ("admin", "administrator"):
        return role == "administrator" or rule == "admin"
    rights = RIGHTS[role]
    if rule == "all pages":
        return role not in OF_ONE_CITY and bool(rights.pages)
    if role == "translator" and rule in NOT_FOR_TRANSLATORS:
        return False
    thing, _, action = rule.partition(":")
    if thing == "site":
        return action in rights.site
    if action and role in OF_ONE_CITY and place != "own":
        return False
    if thing.split()[0] == "page":
        held, wanted = set(rights.pages), PAGE_RIGHTS.get(action, {action})
    else:
        thing, _, verb = thing.partition(" ")
        held = {
            name.split(".")[1].removesuffix(f"_{thing}") for name in rights.collection if name.endswith(f"_{thing}")
        }
        wanted = THING_RIGHTS.get(action, {action})
        if verb:
            return verb in held
    if not action:
        verb = rule.partition(" ")[2]
        return verb in held if verb else bool(held - {"choose"})  # choosing opens no list
    return bool(wanted & held)
