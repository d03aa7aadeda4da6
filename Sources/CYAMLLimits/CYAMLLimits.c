#include "CYAMLLimits.h"
