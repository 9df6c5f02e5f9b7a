@echo off
rem Starts Nightjar on Windows: builds if there is no build, runs. It has never run on Windows; the launcher for Linux and
rem macOS is the file 'nightjar' beside it.
setlocal enabledelayedexpansion
set "ROOT=%~dp0"
set "TARGET=%ROOT%pipelines\cli\target"
if not defined JAVA_HOME (
  echo Nightjar needs JDK 25 or newer: set JAVA_HOME to one. 1>&2
  exit /b 4
)
if not exist "%TARGET%\lib" (
  echo nightjar: building ^(the first time takes a few minutes, most of it downloads^) 1>&2
  call "%ROOT%mvnw.cmd" -B -ntp -q -Dlean package 1>&2
  if errorlevel 1 exit /b 4
)
set "MAIN="
for %%j in ("%TARGET%\nightjar-cli-*.jar") do set "MAIN=%%j"
"%JAVA_HOME%\bin\java" -Xlog:disable --illegal-native-access=allow "-Dnightjar.home=%ROOT%." -XX:+UseSerialGC -Xmx1g -cp "!MAIN!;%TARGET%\lib\*" dev.nightjar.cli.Nightjar %*
exit /b %ERRORLEVEL%
