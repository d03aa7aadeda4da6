#include "CAssets.h"

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
