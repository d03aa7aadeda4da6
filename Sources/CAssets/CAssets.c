#include "CAssets.h"

static const unsigned char dashboard_addresses_js[] = {
#embed "../../Dashboard/addresses.js"
};
static const unsigned char dashboard_api_js[] = {
#embed "../../Dashboard/api.js"
};
static const unsigned char dashboard_arrows_js[] = {
#embed "../../Dashboard/arrows.js"
};
static const unsigned char dashboard_cell_js[] = {
#embed "../../Dashboard/cell.js"
};
static const unsigned char dashboard_conflict_js[] = {
#embed "../../Dashboard/conflict.js"
};
static const unsigned char dashboard_docs_js[] = {
#embed "../../Dashboard/docs.js"
};
static const unsigned char dashboard_drag_js[] = {
#embed "../../Dashboard/drag.js"
};
static const unsigned char dashboard_edits_js[] = {
#embed "../../Dashboard/edits.js"
};
static const unsigned char dashboard_element_js[] = {
#embed "../../Dashboard/element.js"
};
static const unsigned char dashboard_example_js[] = {
#embed "../../Dashboard/example.js"
};
static const unsigned char dashboard_explanation_js[] = {
#embed "../../Dashboard/explanation.js"
};
static const unsigned char dashboard_exportmenu_js[] = {
#embed "../../Dashboard/exportmenu.js"
};
static const unsigned char dashboard_find_js[] = {
#embed "../../Dashboard/find.js"
};
static const unsigned char dashboard_findings_js[] = {
#embed "../../Dashboard/findings.js"
};
static const unsigned char dashboard_frame_css[] = {
#embed "../../Dashboard/frame.css"
};
static const unsigned char dashboard_frame_js[] = {
#embed "../../Dashboard/frame.js"
};
static const unsigned char dashboard_grid_js[] = {
#embed "../../Dashboard/grid.js"
};
static const unsigned char dashboard_groups_js[] = {
#embed "../../Dashboard/groups.js"
};
static const unsigned char dashboard_heatmap_js[] = {
#embed "../../Dashboard/heatmap.js"
};
static const unsigned char dashboard_history_js[] = {
#embed "../../Dashboard/history.js"
};
static const unsigned char dashboard_icon_svg[] = {
#embed "../../Dashboard/icon.svg"
};
static const unsigned char dashboard_imports_js[] = {
#embed "../../Dashboard/imports.js"
};
static const unsigned char dashboard_index_html[] = {
#embed "../../Dashboard/index.html"
};
static const unsigned char dashboard_lab_js[] = {
#embed "../../Dashboard/lab.js"
};
static const unsigned char dashboard_labpage_js[] = {
#embed "../../Dashboard/labpage.js"
};
static const unsigned char dashboard_labs_js[] = {
#embed "../../Dashboard/labs.js"
};
static const unsigned char dashboard_live_js[] = {
#embed "../../Dashboard/live.js"
};
static const unsigned char dashboard_main_js[] = {
#embed "../../Dashboard/main.js"
};
static const unsigned char dashboard_matrix_js[] = {
#embed "../../Dashboard/matrix.js"
};
static const unsigned char dashboard_matrixcontrols_js[] = {
#embed "../../Dashboard/matrixcontrols.js"
};
static const unsigned char dashboard_menu_js[] = {
#embed "../../Dashboard/menu.js"
};
static const unsigned char dashboard_panel_js[] = {
#embed "../../Dashboard/panel.js"
};
static const unsigned char dashboard_patch_js[] = {
#embed "../../Dashboard/patch.js"
};
static const unsigned char dashboard_picture_js[] = {
#embed "../../Dashboard/picture.js"
};
static const unsigned char dashboard_plan_css[] = {
#embed "../../Dashboard/plan.css"
};
static const unsigned char dashboard_plan_js[] = {
#embed "../../Dashboard/plan.js"
};
static const unsigned char dashboard_recommendations_js[] = {
#embed "../../Dashboard/recommendations.js"
};
static const unsigned char dashboard_requirements_js[] = {
#embed "../../Dashboard/requirements.js"
};
static const unsigned char dashboard_router_js[] = {
#embed "../../Dashboard/router.js"
};
static const unsigned char dashboard_scene_js[] = {
#embed "../../Dashboard/scene.js"
};
static const unsigned char dashboard_session_js[] = {
#embed "../../Dashboard/session.js"
};
static const unsigned char dashboard_shortcuts_js[] = {
#embed "../../Dashboard/shortcuts.js"
};
static const unsigned char dashboard_signin_js[] = {
#embed "../../Dashboard/signin.js"
};
static const unsigned char dashboard_status_js[] = {
#embed "../../Dashboard/status.js"
};
static const unsigned char dashboard_text_js[] = {
#embed "../../Dashboard/text.js"
};
static const unsigned char dashboard_tokens_css[] = {
#embed "../../Dashboard/tokens.css"
};
static const unsigned char dashboard_tooltip_js[] = {
#embed "../../Dashboard/tooltip.js"
};
static const unsigned char dashboard_topology_js[] = {
#embed "../../Dashboard/topology.js"
};
static const unsigned char dashboard_undo_js[] = {
#embed "../../Dashboard/undo.js"
};
static const unsigned char dashboard_viewport_js[] = {
#embed "../../Dashboard/viewport.js"
};
static const unsigned char dashboard_views_css[] = {
#embed "../../Dashboard/views.css"
};
static const unsigned char dashboard_whatif_js[] = {
#embed "../../Dashboard/whatif.js"
};
static const unsigned char dashboard_wizard_js[] = {
#embed "../../Dashboard/wizard.js"
};
static const unsigned char dashboard_words_js[] = {
#embed "../../Dashboard/words.js"
};
static const unsigned char migration_0001[] = {
#embed "../../Migrations/0001_labs.sql"
};
static const unsigned char migration_0002[] = {
#embed "../../Migrations/0002_history.sql"
};
static const unsigned char migration_0003[] = {
#embed "../../Migrations/0003_assigned_addresses.sql"
};
static const unsigned char migration_0004[] = {
#embed "../../Migrations/0004_reservations.sql"
};
static const unsigned char migration_0005[] = {
#embed "../../Migrations/0005_constraints.sql"
};
static const unsigned char migration_0006[] = {
#embed "../../Migrations/0006_tokens.sql"
};
static const unsigned char migration_0007[] = {
#embed "../../Migrations/0007_limits.sql"
};
static const unsigned char migration_0008[] = {
#embed "../../Migrations/0008_real_labs.sql"
};
static const unsigned char migration_0009[] = {
#embed "../../Migrations/0009_products.sql"
};
static const unsigned char openapi[] = {
#embed "../../openapi.yaml"
};

const struct labplan_asset labplan_assets[] = {
    {"Dashboard/addresses.js", dashboard_addresses_js, sizeof dashboard_addresses_js},
    {"Dashboard/api.js", dashboard_api_js, sizeof dashboard_api_js},
    {"Dashboard/arrows.js", dashboard_arrows_js, sizeof dashboard_arrows_js},
    {"Dashboard/cell.js", dashboard_cell_js, sizeof dashboard_cell_js},
    {"Dashboard/conflict.js", dashboard_conflict_js, sizeof dashboard_conflict_js},
    {"Dashboard/docs.js", dashboard_docs_js, sizeof dashboard_docs_js},
    {"Dashboard/drag.js", dashboard_drag_js, sizeof dashboard_drag_js},
    {"Dashboard/edits.js", dashboard_edits_js, sizeof dashboard_edits_js},
    {"Dashboard/element.js", dashboard_element_js, sizeof dashboard_element_js},
    {"Dashboard/example.js", dashboard_example_js, sizeof dashboard_example_js},
    {"Dashboard/explanation.js", dashboard_explanation_js, sizeof dashboard_explanation_js},
    {"Dashboard/exportmenu.js", dashboard_exportmenu_js, sizeof dashboard_exportmenu_js},
    {"Dashboard/find.js", dashboard_find_js, sizeof dashboard_find_js},
    {"Dashboard/findings.js", dashboard_findings_js, sizeof dashboard_findings_js},
    {"Dashboard/frame.css", dashboard_frame_css, sizeof dashboard_frame_css},
    {"Dashboard/frame.js", dashboard_frame_js, sizeof dashboard_frame_js},
    {"Dashboard/grid.js", dashboard_grid_js, sizeof dashboard_grid_js},
    {"Dashboard/groups.js", dashboard_groups_js, sizeof dashboard_groups_js},
    {"Dashboard/heatmap.js", dashboard_heatmap_js, sizeof dashboard_heatmap_js},
    {"Dashboard/history.js", dashboard_history_js, sizeof dashboard_history_js},
    {"Dashboard/icon.svg", dashboard_icon_svg, sizeof dashboard_icon_svg},
    {"Dashboard/imports.js", dashboard_imports_js, sizeof dashboard_imports_js},
    {"Dashboard/index.html", dashboard_index_html, sizeof dashboard_index_html},
    {"Dashboard/lab.js", dashboard_lab_js, sizeof dashboard_lab_js},
    {"Dashboard/labpage.js", dashboard_labpage_js, sizeof dashboard_labpage_js},
    {"Dashboard/labs.js", dashboard_labs_js, sizeof dashboard_labs_js},
    {"Dashboard/live.js", dashboard_live_js, sizeof dashboard_live_js},
    {"Dashboard/main.js", dashboard_main_js, sizeof dashboard_main_js},
    {"Dashboard/matrix.js", dashboard_matrix_js, sizeof dashboard_matrix_js},
    {"Dashboard/matrixcontrols.js", dashboard_matrixcontrols_js, sizeof dashboard_matrixcontrols_js},
    {"Dashboard/menu.js", dashboard_menu_js, sizeof dashboard_menu_js},
    {"Dashboard/panel.js", dashboard_panel_js, sizeof dashboard_panel_js},
    {"Dashboard/patch.js", dashboard_patch_js, sizeof dashboard_patch_js},
    {"Dashboard/picture.js", dashboard_picture_js, sizeof dashboard_picture_js},
    {"Dashboard/plan.css", dashboard_plan_css, sizeof dashboard_plan_css},
    {"Dashboard/plan.js", dashboard_plan_js, sizeof dashboard_plan_js},
    {"Dashboard/recommendations.js", dashboard_recommendations_js, sizeof dashboard_recommendations_js},
    {"Dashboard/requirements.js", dashboard_requirements_js, sizeof dashboard_requirements_js},
    {"Dashboard/router.js", dashboard_router_js, sizeof dashboard_router_js},
    {"Dashboard/scene.js", dashboard_scene_js, sizeof dashboard_scene_js},
    {"Dashboard/session.js", dashboard_session_js, sizeof dashboard_session_js},
    {"Dashboard/shortcuts.js", dashboard_shortcuts_js, sizeof dashboard_shortcuts_js},
    {"Dashboard/signin.js", dashboard_signin_js, sizeof dashboard_signin_js},
    {"Dashboard/status.js", dashboard_status_js, sizeof dashboard_status_js},
    {"Dashboard/text.js", dashboard_text_js, sizeof dashboard_text_js},
    {"Dashboard/tokens.css", dashboard_tokens_css, sizeof dashboard_tokens_css},
    {"Dashboard/tooltip.js", dashboard_tooltip_js, sizeof dashboard_tooltip_js},
    {"Dashboard/topology.js", dashboard_topology_js, sizeof dashboard_topology_js},
    {"Dashboard/undo.js", dashboard_undo_js, sizeof dashboard_undo_js},
    {"Dashboard/viewport.js", dashboard_viewport_js, sizeof dashboard_viewport_js},
    {"Dashboard/views.css", dashboard_views_css, sizeof dashboard_views_css},
    {"Dashboard/whatif.js", dashboard_whatif_js, sizeof dashboard_whatif_js},
    {"Dashboard/wizard.js", dashboard_wizard_js, sizeof dashboard_wizard_js},
    {"Dashboard/words.js", dashboard_words_js, sizeof dashboard_words_js},
    {"Migrations/0001_labs.sql", migration_0001, sizeof migration_0001},
    {"Migrations/0002_history.sql", migration_0002, sizeof migration_0002},
    {"Migrations/0003_assigned_addresses.sql", migration_0003, sizeof migration_0003},
    {"Migrations/0004_reservations.sql", migration_0004, sizeof migration_0004},
    {"Migrations/0005_constraints.sql", migration_0005, sizeof migration_0005},
    {"Migrations/0006_tokens.sql", migration_0006, sizeof migration_0006},
    {"Migrations/0007_limits.sql", migration_0007, sizeof migration_0007},
    {"Migrations/0008_real_labs.sql", migration_0008, sizeof migration_0008},
    {"Migrations/0009_products.sql", migration_0009, sizeof migration_0009},
    {"openapi.yaml", openapi, sizeof openapi},
};
const size_t labplan_asset_count = sizeof labplan_assets / sizeof labplan_assets[0];
