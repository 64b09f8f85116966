"""What the apps above ``home`` may use of it, beside ``home.models``; nothing else is public.

Import it once the apps are ready: in views, in ``AppConfig.ready``, in commands.
"""

from home.access.gone import is_page_gone
from home.access.visibility import is_for_everybody, playable_clip_pages
from home.changes import Change, PageMoved, PagePublished, PageRenamed, subscribe_to_changes
from home.context.city import contacts_of
from home.context.city_map import city_of
from home.context.clip import CLIP_ACTIONS, CLIP_HEAD, ClipSlotContext, credit_lines
from home.context.layout import NavLink, interface_text, site_context
from home.context.player import best_track_language, caption_track_links
from home.context.poster import PosterUse, frame_size, poster_of, poster_sources
from home.context.project_statements import eu_statements
from home.file_names import attachment_header
from home.i18n.date_ranges import project_period
from home.i18n.durations import format_clock, format_timecode, spoken_duration
from home.i18n.fields import LocalizedText, fieldname, localized_text
from home.i18n.formats import join_details
from home.i18n.language_switch import SwitchEntry, language_menu_by_query, path_in_language, requested_language
from home.i18n.languages import current_language, direction, interface_languages, language_name, native_name
from home.links import (
    PUBLIC_ID_PATTERN,
    base_url,
    captions_url,
    download_url,
    permanent_url,
    playlist_url,
    storyboard_url,
)
from home.media.admission import clip_visibility, find_clip
from home.media.delivery import CACHE_NEVER, CACHE_SHORT, send_text
from home.media.downloads import download_name
from home.page_access import PageAccess, Visitor, page_access
from home.page_slots import add_to_slot
from home.refusal import Reason, not_found_page, refuse, refuse_download
