# Made by labplan from lab "hostile".
# one
# $(touch canary)
# `touch canary`
# touch canary
# touch canary
# touch canary
# touch canary
# */ --> ]]> {{ lookup('pipe', 'touch canary') }} #{`touch canary`} " ' \
# Run as administrator in 12. Running it again changes nothing.
# Windows answers no ping by default; this lets it:
#   Set-NetFirewallRule -Name FPS-ICMP4-ERQ-In -Enabled True -Profile Any

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if ($env:COMPUTERNAME -ne '12') { Rename-Computer -NewName '12' -ErrorAction Continue }

$adapter = Get-NetAdapter | Where-Object MacAddress -eq '08-00-27-92-EF-E2'
if (-not $adapter) { throw 'no adapter has the address 08-00-27-92-EF-E2' }
if ($adapter.Name -ne 'lan1') { Rename-NetAdapter -InputObject $adapter -NewName 'lan1' }
Set-NetIPInterface -InterfaceAlias 'lan1' -AddressFamily IPv4 -Dhcp Enabled
