# Made by labplan from lab "classic".
# Android, Windows and Linux clients of one internal app
# Run as administrator in windows. Running it again changes nothing.
# Windows answers no ping by default; this lets it:
#   Set-NetFirewallRule -Name FPS-ICMP4-ERQ-In -Enabled True -Profile Any

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if ($env:COMPUTERNAME -ne 'windows') { Rename-Computer -NewName 'windows' -ErrorAction Continue }

$adapter = Get-NetAdapter | Where-Object MacAddress -eq '08-00-27-23-9C-74'
if (-not $adapter) { throw 'no adapter has the address 08-00-27-23-9C-74' }
if ($adapter.Name -ne 'lan1') { Rename-NetAdapter -InputObject $adapter -NewName 'lan1' }
Set-NetIPInterface -InterfaceAlias 'lan1' -AddressFamily IPv4 -Dhcp Enabled
